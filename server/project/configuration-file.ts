/** The file that makes a folder a project. A project without one has the defaults. */
export const configurationFile = 'itsms.config.json';
