import type { ProjectModel } from '../../language/model/project-model.ts';

/** Whether a file is one that a source of the model reads. */
export function isDataFile(model: ProjectModel, file: string): boolean {
  return model.all('Source').some(({ files }) => files.some((pattern) => matches(pattern.replace(/^\.\//, ''), file)));
}

const expressions = new Map<string, RegExp>();

/** Takes the wildcards that everybody knows; of others it takes any text, which at worst measures once too often. */
function matches(pattern: string, file: string): boolean {
  let expression = expressions.get(pattern);
  if (!expression) {
    const source = pattern
      .slice(0, 1000)
      .split(/(\*\*\/?|[*?]|[[{(][^/]*)/)
      .map((part, index) => (index % 2 === 0 ? part.replace(/[.+^$|\\()[\]{}]/g, '\\$&') : part.startsWith('**') ? '.*' : part === '*' ? '[^/]*' : part === '?' ? '[^/]' : '.*'))
      .join('');
    expressions.set(pattern, (expression = new RegExp(`^${source}$`)));
  }
  return expression.test(file);
}
