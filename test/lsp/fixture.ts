import { readFileSync } from 'node:fs';
import type { Position } from 'vscode-languageserver';
import type { Finding } from '../../language/model/finding.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { linkFindings } from '../../language/references/link-check.ts';
import type { EditorProject } from '../../server/editor/editor-project.ts';
import { LineIndex } from '../../server/editor/positions.ts';
import type { Figure } from '../../server/measurement/figure.ts';

/** One builder for all tests: making the parser takes longer than any of them. */
const builder = new FragmentBuilder();

/** A project of texts in memory; `<|>` marks a position and is no part of the text. */
export class Fixture implements EditorProject {
  readonly model = new ProjectModel();
  readonly builder = builder;
  readonly asOf = '2026-11-15';
  readonly positions = new Map<string, Position[]>();
  measured: Figure[] = [];
  readonly #texts = new Map<string, string>();

  constructor(texts: Readonly<Record<string, string>>) {
    for (const [file, text] of Object.entries(texts)) this.put(file, text);
  }

  put(file: string, marked: string): void {
    const text = marked.replaceAll('<|>', '');
    const lines = new LineIndex(text);
    this.positions.set(file, marked.split('<|>').slice(0, -1).map((_, index, parts) => lines.position(parts.slice(0, index + 1).join('').length)));
    this.#texts.set(file, text);
    this.model.update(file, this.builder.build(file, text, this.model.fragment(file)));
  }

  text(file: string): string | undefined {
    return this.#texts.get(file);
  }

  /** The marked position of a file. */
  at(file: string, index = 0): Position {
    const position = this.positions.get(file)?.[index];
    if (!position) throw new Error(`${file} has no mark ${index}`);
    return position;
  }

  figures(): readonly Figure[] {
    return this.measured;
  }

  findingsOf(file: string): readonly Finding[] {
    return (this.model.fragment(file)?.declarations ?? []).flatMap(({ entity }) => linkFindings(entity, this.model));
  }
}

/** A closed model that most tests stand on. */
export const baseModel = `
organization acme "ACME" { sites leeds "Leeds", pune }
person anna "Anna Berg"
person omar "Omar Said"
role slm "Service level manager" held by anna
team desk "Service desk" lead omar
customer retail "ACME Retail"
supplier skynet "SkyNet Hosting"
calendar office "UK office hours" { timezone Europe/London  open Mon-Fri 08:00-18:00 }
priority P1 "Critical"
priority P2 "High"
/** Mail for *everybody*. */
service email "Corporate e-mail" {
  summary "Mailbox for every employee"
  owner anna
  depends on network
}
service network "Network" { owner omar }
sla email-gold "E-mail, gold" for email with retail {
  support hours office
  target uptime availability >= 99.8% per month
  target p1-restore restore P1 within 4h for 95% per month from tickets
  credit 5% when uptime < 99.5%
}
source tickets of incident from "data/*.csv" {
  key id
  map opened = opened_at
  map priority = prio { "1" = P1 }
}
metric first-fix "First fix" { from tickets  value count }
risk r7 "Single site" { owner anna }
improvement i12 "Second site" { from email-gold.uptime, r7  expects email-gold.uptime 99.8% -> 99.95% }
process incident "Incident management" {
  owner omar
  outputs record to problem
  step log "Log" R desk A omar produces record -> fix
  step fix "Fix" R desk A omar -> end
}
process problem "Problem management" { inputs record from incident  owner omar }
`;

export function sharedData(path: string): string | undefined {
  const root = process.env['ITSMS_SHARED'] ?? new URL('../../../shared', import.meta.url).pathname;
  try {
    return readFileSync(`${root}/${path}`, 'utf8');
  } catch {
    return undefined;
  }
}
