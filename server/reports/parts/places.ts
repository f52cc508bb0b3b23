/** Places of the model as links of a document. */
import type { FilePlace, Place } from '../../../language/model/finding.ts';
import type { Locator } from '../../../language/model/model.ts';
import type { SourcePlace } from '../blocks.ts';

/** Lines and columns of the model count from 0, those of documents from 1. */
export function sourcePlace(locator: Locator, place: Place | FilePlace | undefined): SourcePlace | undefined {
  const location = place === undefined ? undefined : locator.locate(place);
  return location === undefined ? undefined : { file: location.file, line: location.range.line + 1, column: location.range.column + 1 };
}
