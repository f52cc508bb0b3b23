/** Parquet: read by the engine itself, as text in the form in which other exports write it. */
import { Engine, EngineError } from '../engine.ts';
import { identifier, literal } from '../sql.ts';
import { Refusal } from './rows.ts';

/** Writes the file as comma-separated values. */
export async function parquetToText(path: string, target: string, signal: AbortSignal): Promise<void> {
  const engine = await Engine.open([path, target], signal);
  try {
    const columns = await engine.rows(`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`);
    const cells = columns.map(([name, type]) => `${asText(identifier(String(name)), String(type))} AS ${identifier(String(name))}`);
    await engine.run(`COPY (SELECT ${cells.join(', ')} FROM read_parquet(${literal(path)})) TO ${literal(target)} (FORMAT csv, HEADER true)`);
  } catch (error) {
    if (error instanceof EngineError) throw new Refusal(`is a Parquet file that cannot be read: ${error.message.split('\n')[0]}`);
    throw error;
  } finally {
    engine.close();
  }
}

/** Moments as ISO 8601 in UTC, times without a zone as they are. */
function asText(column: string, type: string): string {
  if (type === 'TIMESTAMP WITH TIME ZONE') return `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')`;
  if (type.startsWith('TIMESTAMP')) return `strftime(${column}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%f')`;
  return `${column}::VARCHAR`;
}
