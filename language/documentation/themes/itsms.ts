import type { DeclarationDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  'catalogue requirement': {
    text: 'A clause or an item of the built-in catalogue of requirements. Only the product declares these.',
    snippet: '',
  },
};
