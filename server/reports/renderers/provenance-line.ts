import type { Document, Provenance } from '../blocks.ts';
import { message, type Words } from '../words/words.ts';

/** Said once per document. */
export const disclaimer = message('Requirements are described in our own words and do not replace the text of ISO/IEC 20000-1. This document is neither endorsed by ISO nor a certificate; where it says that no gap was found, the checks that exist found none.');

/** The parts of the line at the foot of every page, as words. */
export function provenanceParts(provenance: Provenance, words: Words): string[] {
  return [
    words.say('As of {0}', words.date(provenance.asOf)),
    commitInWords(provenance, words),
    words.say('catalogue {0}', provenance.catalogueVersion),
    provenance.dataHash === undefined ? words.say('no data read') : words.say('data {0}', shortHash(provenance.dataHash)),
    `itsms ${provenance.toolVersion}`,
  ];
}

function commitInWords({ commit, commitDirty }: Provenance, words: Words): string {
  if (commit === undefined) return words.say('not under version control');
  const short = commit.slice(0, 12);
  return commitDirty === true ? words.say('commit {0} with changed inputs', short) : words.say('commit {0}', short);
}

/** The first twelve digits: enough to compare by eye; JSON holds the whole. */
function shortHash(hash: string): string {
  return hash.replace(/^sha256:/, '').slice(0, 12);
}

export function provenanceLine(document: Document, words: Words): string {
  return provenanceParts(document.provenance, words).join(' · ');
}

/** What stands at the foot of every page: what the organization wants there, and where the figures come from. */
export function footLine(document: Document, words: Words): string {
  const own = document.look?.footer;
  return own === undefined ? provenanceLine(document, words) : `${own} · ${provenanceLine(document, words)}`;
}
