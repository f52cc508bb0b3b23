import { resolve } from 'node:path';
import type { Command } from 'commander';
import { asOfProblem } from '../project/as-of.ts';
import { findProjectFolder, openNodeHost } from '../project/node-host.ts';
import { Project, type MeasureOptions } from '../project/project.ts';
import { CannotRun, type CommandIo } from './io.ts';

export interface ProjectSelection {
  readonly project?: string;
  readonly asOf?: string;
  readonly cache: boolean;
}

/** The options that every command about a project takes. */
export function withProjectOptions(command: Command): Command {
  return command
    .option('--project <dir>', 'the project’s folder (default: the nearest folder upwards with an itsms.config.json, else the current one)')
    .option('--as-of <date>', 'the date taken for today, such as 2026-11-10 (default: that of the configuration, else today)')
    .option('--no-cache', 'keep nothing in the cache folder and read nothing from it');
}

/** @throws CannotRun where there is no such folder, no model in it, or the date is none */
export async function openProject(selection: ProjectSelection, io: CommandIo): Promise<Project> {
  if (selection.asOf !== undefined) {
    const problem = asOfProblem(selection.asOf);
    if (problem !== undefined) throw new CannotRun(`--as-of: ${problem}.`);
  }
  const folder = selection.project === undefined ? await findProjectFolder(io.folder) : resolve(io.folder, selection.project);
  const host = await openNodeHost(folder).catch(() => {
    throw new CannotRun(`There is no folder “${folder}” that can be read.`);
  });
  const project = await Project.open(host, {
    trusted: true,
    ...(selection.asOf !== undefined ? { asOf: selection.asOf } : {}),
    ...(selection.cache && io.cacheFolder !== undefined ? { cacheFolder: io.cacheFolder } : {}),
  });
  if (project.files().length === 0 && project.filesWithFindings().length === 0) {
    throw new CannotRun(`There is no .itsms file in “${host.root}”. “itsms init” writes a first one; --project names another folder.`);
  }
  return project;
}

/** @throws CannotRun where the user interrupts, or the engine that reads the data cannot be loaded */
export async function measureProject(project: Project, io: CommandIo, periods?: number, options: Pick<MeasureOptions, 'sampleSeed' | 'progress'> = {}): Promise<void> {
  if (project.model.all('Source').length === 0 && project.model.all('Metric').length === 0) return;
  try {
    await project.measure({ ...options, signal: io.signal, ...(periods !== undefined ? { periods } : {}) });
  } catch (error) {
    if (io.signal.aborted) throw new CannotRun('Interrupted.');
    throw error;
  }
}
