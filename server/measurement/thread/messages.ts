import type { Fragment } from '../../../language/model/fragment.ts';
import type { Measurements, Subject } from '../figure.ts';
import type { FigureRows, Page } from '../figure-rows.ts';
import type { MeasureProgress, MeasureRequest } from '../measure.ts';

/** What of a request can be sent to another thread as it is. */
export type SentRequest = Omit<MeasureRequest, 'model' | 'dataFiles' | 'databases' | 'signal' | 'progress'>;

/** To the thread that measures. What is said of a project's texts holds for the questions that come after it. */
export type Question =
  | { readonly kind: 'text'; readonly root: string; readonly file: string; /** Absent: the file is gone. */ readonly fragment?: Fragment }
  | { readonly kind: 'measure'; readonly id: number; readonly root: string; readonly request: SentRequest }
  | { readonly kind: 'rows'; readonly id: number; readonly root: string; readonly request: SentRequest; readonly subject: Subject; readonly period: string; readonly page: Page }
  | { readonly kind: 'stop'; readonly id: number };

/** From the thread that measures. */
export type Answer =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: MeasureProgress }
  | { readonly kind: 'measured'; readonly id: number; readonly measurements: Measurements }
  | { readonly kind: 'rows'; readonly id: number; readonly rows: FigureRows | string }
  | { readonly kind: 'stopped'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly stack?: string };
