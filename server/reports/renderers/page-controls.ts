/** What a live page lets a person choose. It stands before the document, which stays as it is printed. */
import type { Words } from '../words/words.ts';
import { element, type Markup } from './markup.ts';

export interface PageChoice {
  /** What the page calls it when it says what was chosen. */
  readonly id: string;
  readonly label: string;
  /** What stands for no choice. */
  readonly all: string;
  readonly options: readonly { readonly id: string; readonly title: string }[];
  readonly chosen?: string;
}

/** A form of choices; those with nothing to choose from are left out. The document is exported as it is shown. */
export function renderControls(choices: readonly PageChoice[], words: Words): Markup {
  return element(
    'form',
    { class: 'controls', id: 'controls', 'aria-label': words.say('What is shown') },
    choices
      .filter(({ options }) => options.length > 0)
      .map(({ id, label, all, options, chosen }) =>
        element(
          'select',
          { id: `choice-${id}`, 'data-choice': id, 'aria-label': label, class: chosen === undefined ? undefined : 'chosen' },
          element('option', { value: '', selected: chosen === undefined }, all),
          options.map((option) => element('option', { value: option.id, selected: option.id === chosen }, option.title)),
        ),
      ),
    choices.some(({ chosen }) => chosen !== undefined) ? element('button', { type: 'button', id: 'show-all', 'data-show-all': true }, words.say('Show all')) : undefined,
    element('button', { type: 'button', id: 'export', 'data-export': true }, words.say('Export…')),
  );
}

/** In the colours of the editor's own inputs; not on paper. */
export const controlsStyle = `
.controls { display: flex; flex-wrap: wrap; gap: 6px 8px; align-items: center; padding: 8px 24px; position: sticky; top: 0; z-index: 2; background: var(--vscode-editor-background); border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentColor)); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size, 13px); }
.controls select, .controls button { font: inherit; min-height: 26px; }
.controls select { color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)); flex: 0 1 auto; max-width: 11em; text-overflow: ellipsis; }
.controls select.chosen { font-weight: 600; border-color: var(--vscode-focusBorder); }
.controls button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-contrastBorder, transparent); padding: 2px 12px; cursor: pointer; }
.controls button:hover { background: var(--vscode-button-secondaryHoverBackground); }
.controls :focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
@media print { .controls { display: none; } }
`;
