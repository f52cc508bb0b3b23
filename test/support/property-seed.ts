/**
 * Random tests take the same cases in every run, so that a change is judged by what it changed. `ITSMS_SEED=random`
 * looks for new ones (a failure prints its seed), `ITSMS_SEED=N` repeats them.
 */
import fc from 'fast-check';

const asked = process.env['ITSMS_SEED'];
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: asked === undefined ? 20_000 : Number(asked) });
