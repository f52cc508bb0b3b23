import type { ProjectModel } from '../../language/model/project-model.ts';
import type { Measurements, Subject } from './figure.ts';
import type { FigureRows, Page } from './figure-rows.ts';
import { measure, rowsBehind, type MeasureRequest } from './measure.ts';

/** Of a whole project: its declarations can be handed on file by file. */
export type ProjectMeasureRequest = MeasureRequest & { readonly model: ProjectModel };

/** What measures projects: see `measure` and `rowsBehind` in measure.ts. */
export interface Measurer {
  measure(request: ProjectMeasureRequest): Promise<Measurements>;
  rowsBehind(request: ProjectMeasureRequest, subject: Subject, period: string, page: Page): Promise<FigureRows | string>;
}

/** Measures where it is asked. */
export const measuringHere: Measurer = { measure, rowsBehind };
