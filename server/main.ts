/** The language server for Node: over stdio, a pipe or Node's own channel, as its arguments say. */
import { serve } from './editor/serve.ts';

serve();
