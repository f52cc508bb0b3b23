import { resolve } from 'node:path';
import { printedJson, textOrJson, type TextOrJson } from '../format-option.ts';
import { CannotRun, exitCodes } from '../io.ts';
import { openPack } from '../../project/pack/opened-pack.ts';
import { verifyPack, type Verified } from '../../project/pack/verify-pack.ts';
import type { AddCommand } from '../run.ts';
import type { VerifyResult } from '../schemas/verify.ts';
import { counted, safeForTerminal, terminalStyle, type Style } from '../style.ts';

/** `itsms verify`: whether an audit pack is what it was. */
export const verifyCommand: AddCommand = (program, io, ended) => {
  program
    .command('verify')
    .description('Check that an audit pack is what it was when it was made: every file by its hash, nothing missing, nothing added')
    .argument('<pack>', 'the zip file or the folder')
    .addOption(textOrJson())
    .action(async (place: string, options: { readonly format: TextOrJson }) => {
      const path = resolve(io.folder, place);
      const pack = await openPack(path);
      try {
        const verified = await verifyPack(pack, io.signal);
        io.out(options.format === 'json' ? printedJson(resultOf(place, verified)) : textOf(verified, terminalStyle(io.colour)));
        ended(verified.faults.length === 0 ? exitCodes.fine : exitCodes.findings);
      } catch (error) {
        if (io.signal.aborted) throw new CannotRun('Interrupted.');
        throw error;
      } finally {
        pack.close();
      }
    });
};

function resultOf(pack: string, { manifest, manifestHash, intact, faults }: Verified): VerifyResult {
  const { files = [], ...rest } = manifest ?? {};
  return { pack, isIntact: faults.length === 0, manifestHash: manifestHash ?? null, intact, listed: files.length, faults: [...faults], manifest: manifest === undefined ? null : (rest as NonNullable<VerifyResult['manifest']>) };
}

function textOf({ manifest, manifestHash, intact, faults }: Verified, style: Style): string {
  const lines = faults.map(({ kind, message }) => `${style.strong(kind)}: ${safeForTerminal(message)}`);
  if (manifest !== undefined) {
    const { organization, asOf, provenance, missing } = manifest;
    const commit = provenance.commit === null ? 'not under version control' : `commit ${provenance.commit.slice(0, 12)}${provenance.commitDirty === true ? ' with changed inputs' : ''}`;
    lines.push(
      `${safeForTerminal(organization)}, as of ${asOf}; ${commit}, catalogue ${safeForTerminal(provenance.catalogueVersion)}, itsms ${safeForTerminal(provenance.toolVersion)}`,
      `${intact.toLocaleString('en')} of ${counted(manifest.files.length, 'file')} as the manifest says${missing.length === 0 ? '' : `; ${counted(missing.length, 'file')} that the model names ${missing.length === 1 ? 'was' : 'were'} not packed`}`,
    );
  }
  if (manifestHash !== undefined) lines.push(`manifest sha256 ${manifestHash}`);
  lines.push(faults.length === 0 ? 'The pack is what its manifest says. Compare the hash with the one you were told.' : `${counted(faults.length, 'fault')}: the pack is not what its manifest says.`);
  return `${lines.join('\n')}\n`;
}
