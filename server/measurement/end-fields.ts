/** Which field ends the time that a target is about; of several the first that the source maps. */
export const endFields: Readonly<Record<string, readonly string[]>> = {
  respond: ['responded'],
  restore: ['restored', 'resolved'],
  resolve: ['resolved', 'restored', 'closed'],
  fulfil: ['fulfilled', 'completed', 'closed'],
  close: ['closed'],
};
