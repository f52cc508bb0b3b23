export { requirementsList } from '../iso20000/requirements-list.ts';
