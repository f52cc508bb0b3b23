import type { Finding } from '../../language/model/finding.ts';
import type { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import type { ProjectModel } from '../../language/model/project-model.ts';
import type { Figure, Measurements } from '../measurement/figure.ts';

/** What the editor's features ask of a project. Files are named relative to its root, with `/`. */
export interface EditorProject {
  readonly model: ProjectModel;
  readonly builder: FragmentBuilder;
  /** The day on which everything that depends on today is judged. */
  readonly asOf: string;
  /** The text of a file as the model knows it: of an open document its text in the editor. */
  text(file: string): string | undefined;
  /** What has been measured, if anything has. */
  figures(): readonly Figure[];
  /** With what it rests on. */
  readonly measurements?: Measurements | undefined;
  /** All findings that are shown in a file. */
  findingsOf(file: string): readonly Finding[];
}
