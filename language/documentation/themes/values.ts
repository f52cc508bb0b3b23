import type { FactDocumentation } from '../documentation.ts';

export const facts: FactDocumentation = {
  Approval: {
    by: 'Who approved it.',
    on: 'The date of the approval.',
    as: 'The hash of what was approved (`sha256:…`): a later change of the content voids the approval.',
  },
  Action: {
    owner: 'Who carries the action out.',
    due: 'The date by which it is to be done.',
    done: 'The date on which it was done.',
    via: 'The improvement, risk or nonconformity through which it is followed up.',
    priority: 'How urgent the action is: low, medium or high.',
    process: 'The process in which the action is carried out, so that it becomes part of daily work.',
    check: 'How it will be judged whether the action did what it was for.',
    checked: 'The date of that judgement and its result: `checked 2026-09-01 effective`.',
    resources: 'What is needed to carry the action out, in words.',
  },
  Effectiveness: { effective: 'The action did what it was for.', ineffective: 'The action did not do what it was for.' },
};
