import type { Document, Provenance } from '../blocks.ts';

/** The parts of the line at the foot of every page, as words. */
export function provenanceParts(provenance: Provenance): string[] {
  return [
    `As of ${provenance.asOf}`,
    provenance.commit === undefined ? 'not under version control' : `commit ${provenance.commit.slice(0, 12)}${commitState(provenance)}`,
    `catalogue ${provenance.catalogueVersion}`,
    provenance.dataHash === undefined ? 'no data read' : `data ${shortHash(provenance.dataHash)}`,
    `itsms ${provenance.toolVersion}`,
  ];
}

function commitState(provenance: Provenance): string {
  return provenance.commitDirty === true ? ' with changed inputs' : '';
}

/** The first twelve digits: enough to compare by eye; JSON holds the whole. */
function shortHash(hash: string): string {
  return hash.replace(/^sha256:/, '').slice(0, 12);
}

export function provenanceLine(document: Document): string {
  return provenanceParts(document.provenance).join(' · ');
}
