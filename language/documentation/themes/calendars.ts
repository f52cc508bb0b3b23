import { block, type DeclarationDocumentation, type FactDocumentation } from '../documentation.ts';

export const declarations: Readonly<Record<string, DeclarationDocumentation>> = {
  calendar: {
    text: 'When time counts: opening hours in a time zone, holidays, days closed and maintenance windows. Targets run only while their calendar is open.',
    snippet: block('calendar ${1:id} "${2:Title}"', 'timezone ${3:Europe/London}', 'open ${4:Mon-Fri 08:00-18:00}', 'holidays ${5:GB-ENG}'),
  },
  priority: {
    text: 'A level of urgency that incidents and requests are given, and which impact and urgency lead to it.',
    snippet: 'priority ${1:P1} "${2:Critical}" when impact ${3:high} and urgency ${4:high}',
  },
};

export const facts: FactDocumentation = {
  Calendar: {
    extends: 'Takes over everything that another calendar says. Days of the week for which hours are stated here have these hours alone; a zone and hours of holidays replace the other\'s; all else comes on top.',
    timezone: 'The time zone of the hours: a name of the IANA database such as `Europe/London`.',
    open: 'Hours in which time counts: `open Mon-Fri 08:00-12:00, 13:00-17:00`, `open holidays 10:00-14:00`, or dates instead of days.',
    holidays: 'The public holidays of a country or a part of it, on which the calendar is closed: `GB-ENG`, `DE-BY`.',
    closed: 'Further dates on which the calendar is closed: `closed 2026-12-24`, `closed 2026-12-24 to 2026-12-31`.',
    maintenance: 'A regular or single maintenance window, which an agreement may leave out of availability.',
  },
  Opening: { holidays: 'The hours that hold on public holidays.', to: 'The last date on which these hours hold.' },
  Closure: { to: 'The last date on which it is closed.' },
  MaintenanceWindow: { because: 'What the window is for.' },
  Priority: { when: 'The impact and urgency that lead to this priority.', or: 'Another impact and urgency that lead to it.' },
  PriorityCondition: { impact: 'How far the effect reaches.', 'and urgency': 'How soon it must be dealt with.' },
};
