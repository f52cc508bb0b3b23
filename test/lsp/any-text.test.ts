import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fixesAt } from '../../server/editor/code-actions.ts';
import { complete, resolveCompletion, type CompletionData } from '../../server/editor/completion/completion.ts';
import { fileLinks } from '../../server/editor/document-links.ts';
import { foldingRanges } from '../../server/editor/folding.ts';
import { hoverAt } from '../../server/editor/hover.ts';
import { nameAt, occurrencesOf } from '../../server/editor/occurrences.ts';
import { LineIndex } from '../../server/editor/positions.ts';
import { rename, RenameRefusal } from '../../server/editor/rename.ts';
import { selectionRange } from '../../server/editor/selection.ts';
import { semanticTokens } from '../../server/editor/semantic-tokens.ts';
import { documentSymbols, workspaceSymbols } from '../../server/editor/symbols.ts';
import { baseModel, Fixture } from './fixture.ts';

/** The base model with pieces cut out, doubled, put elsewhere or spoilt: what a text looks like while somebody works on it. */
const edited = fc
  .array(fc.tuple(fc.nat(baseModel.length), fc.nat(40), fc.constantFrom('', '{', '}', '"', '"""', '/*', '//', '\n', '->', ' ', 'service ', 'e\u0301', '😀', '\r\n', '\t', '.', 'P1', 'owner', '\0')), { maxLength: 6 })
  .map((edits) => edits.reduce((text, [at, length, inserted]) => text.slice(0, at) + inserted + text.slice(at + length), baseModel));

describe('any text', () => {
  it('is answered by every feature at every place, and every answer lies within the text', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(edited, fc.nat(), (text, seed) => {
        const fixture = new Fixture({ 'x.itsms': text, 'y.itsms': 'person anna "Another"\n' });
        const lines = new LineIndex(text);
        const position = lines.position(seed % (text.length + 1));
        const list = complete(fixture, 'x.itsms', position, { snippets: true });
        for (const item of list.items.slice(0, 5)) if (item.data !== undefined) resolveCompletion(fixture, item, item.data as CompletionData);
        for (const { range } of [hoverAt(fixture, 'x.itsms', position), nameAt(fixture, 'x.itsms', position)].filter((one) => one !== undefined)) {
          assert.ok(lines.offset(range.start) <= lines.offset(range.end));
        }
        const name = nameAt(fixture, 'x.itsms', position);
        if (name) {
          for (const { file, range } of occurrencesOf(fixture, name.type, name.id)) {
            if (file !== 'x.itsms') continue;
            const part = name.id.slice(name.id.lastIndexOf('.') + 1);
            const written = text.slice(lines.offset(range.start), lines.offset(range.end));
            assert.ok(written === part || written === name.id, `${written} for ${name.id}`);
          }
          try {
            rename(fixture, 'x.itsms', position, 'another-name');
          } catch (error) {
            if (!(error instanceof RenameRefusal)) throw error;
          }
        }
        const end = lines.position(text.length);
        for (const { startLine, endLine } of foldingRanges(text)) assert.ok(startLine < endLine && endLine <= end.line);
        documentSymbols(fixture, 'x.itsms');
        workspaceSymbols(fixture, 'an');
        semanticTokens(fixture, 'x.itsms');
        selectionRange(fixture, 'x.itsms', position);
        fileLinks(fixture, 'x.itsms');
        fixesAt(fixture, 'x.itsms', { start: { line: 0, character: 0 }, end });
      }),
      { numRuns: 200 },
    );
  });

  it('is completed at every place of a whole model', function () {
    this.timeout(60_000);
    const fixture = new Fixture({ 'x.itsms': baseModel });
    const lines = new LineIndex(baseModel);
    let offered = 0;
    for (let offset = 0; offset <= baseModel.length; offset += 3) offered += complete(fixture, 'x.itsms', lines.position(offset), { snippets: true }).items.length > 0 ? 1 : 0;
    assert.ok(offered > baseModel.length / 12, String(offered));
  });
});
