import { query } from '../assessment/rule.ts';

/** The highest priority: the one for high impact and high urgency, else the first that is declared. */
export const topPriority = query('highest priority', ({ model }) => {
  const priorities = model.all('Priority');
  return (priorities.find(({ conditions }) => conditions.some(({ impact, urgency }) => impact === 'high' && urgency === 'high')) ?? priorities[0])?.name;
});
