import type { Expression } from '../../language/model/declarations.ts';
import type { Path } from '../../language/model/fragment.ts';
import { parseDate } from '../../language/values/date.ts';
import { parseDuration } from '../../language/values/duration.ts';
import { nearest } from '../../language/values/nearest.ts';
import { isOpen, openChoices } from '../../language/values/open.ts';
import { isProblem } from '../../language/values/problem.ts';
import { quoteText } from '../../language/values/text.ts';
import type { Dialect } from './dialect.ts';
import { identifier, isOneOf, literal } from './sql.ts';
import { describeType, falseTexts, trueTexts, type TypedSql, type ValueType } from './typed-sql.ts';

/** What is wrong with an expression, and where in it. */
export interface ExpressionProblem {
  readonly path: Path;
  readonly code: 'unknown-column' | 'unknown-field' | 'expression';
  readonly message: string;
  /** What should stand at the place instead. */
  readonly suggestion?: string;
  /** It follows from something that is reported elsewhere: a reason, but no finding of its own. */
  readonly reported?: true;
}

/** What the names in an expression mean. */
export interface Scope {
  /** What expressions are turned into. */
  readonly dialect: Dialect;
  /** A field of the record, else a column of the data; null for a field whose mapping is wrong, which is reported there. */
  name(name: string, path: Path): TypedSql | null | undefined;
  column(name: string): TypedSql | undefined;
  /** Every name there is. */
  names(): Iterable<string>;
  /** Reads a text of the data as a moment in the source's format. */
  instantOf(text: TypedSql): TypedSql;
  /** Moment at which a date begins, in milliseconds. */
  startOfDate(date: string): number;
  /** Time between two moments of a record, less its pauses: in a calendar's open time, else elapsed. Undefined where it cannot be had. */
  between(from: TypedSql, to: TypedSql, calendar: string | undefined): TypedSql | undefined;
  /** Whether the time between two moments is within so many working days or months. */
  dueLength(from: TypedSql, limit: TypedSql, calendar: string | undefined): TypedSql | undefined;
  lookup(source: string, field: string, key: TypedSql): TypedSql | string;
  timeOf(which: 'first' | 'last', condition: TypedSql): TypedSql | string;
  timeWhile(condition: TypedSql): TypedSql | string;
  /** How often a condition came to hold in a record's history. */
  timesOf(condition: TypedSql): TypedSql | string;
  /** How often a value gave way to another in a record's history. */
  changesOf(value: TypedSql): TypedSql | string;
}

/** Turns an expression of the language into the engine's, with its type. What cannot be is reported and gives undefined. */
export class ExpressionCompiler {
  readonly #scope: Scope;
  readonly #report: (problem: ExpressionProblem) => void;

  constructor(scope: Scope, report: (problem: ExpressionProblem) => void) {
    this.#scope = scope;
    this.#report = report;
  }

  get #dialect(): Dialect {
    return this.#scope.dialect;
  }

  /** A mapping's whole value: a quoted text alone is a column. */
  mapping(expression: Expression, path: Path): TypedSql | undefined {
    return this.compile(expression, path, true);
  }

  /** A condition: true, false or unknown. */
  condition(expression: Expression, path: Path): TypedSql | undefined {
    const value = this.compile(expression, path, false);
    return value === undefined ? undefined : this.#coerce(value, 'truth', path);
  }

  compile(expression: Expression, path: Path, columnPosition = false): TypedSql | undefined {
    switch (expression.$type) {
      case 'BinaryExpression': return this.#binary(expression, path);
      case 'UnaryExpression': {
        const operand = this.condition(expression.operand, [...path, 'operand']);
        return operand === undefined ? undefined : truth(`(NOT ${operand.sql})`);
      }
      case 'EmptyTest': {
        const operand = this.compile(expression.operand, [...path, 'operand'], true);
        if (operand === undefined) return undefined;
        const empty = `${operand.sql} IS ${expression.negated ? 'NOT ' : ''}NULL`;
        // What could not be read is neither empty nor filled. A time that was read with a remark, such as one without a zone, is filled.
        return truth(operand.oddity === undefined ? `(${empty})` : `(CASE WHEN ${operand.oddity} = 1 THEN NULL ELSE ${empty} END)`);
      }
      case 'MembershipTest': {
        const operand = this.compile(expression.operand, [...path, 'operand'], true);
        if (operand === undefined) return undefined;
        const tests = expression.values.map((value, index) => this.#compare(operand, '=', value, [...path, 'values', index]));
        return tests.some((test) => test === undefined) ? undefined : truth(`(${tests.map((test) => test!.sql).join(' OR ')})`);
      }
      case 'ClockedExpression': return this.#clocked(expression, path);
      case 'PartOf': {
        const operand = this.compile(expression.operand, [...path, 'operand'], true);
        if (operand === undefined) return undefined;
        const index = Number(expression.index);
        if (!Number.isInteger(index) || index < 1) return this.#problem(path, 'index', `Parts are counted from 1: ${expression.index} is none.`);
        return text(`nullif(${this.#dialect.trim(this.#dialect.part(asText(operand), expression.separator, index))}, '')`);
      }
      case 'MatchIn': {
        const operand = this.compile(expression.operand, [...path, 'operand'], true);
        if (operand === undefined) return undefined;
        const pattern = expression.pattern;
        const group = /(?<!\\)\((?!\?)/u.test(pattern) ? 1 : 0;
        return text(`nullif(${this.#dialect.trim(this.#dialect.extractMatch(asText(operand), pattern, group))}, '')`);
      }
      case 'Lookup': {
        const key = this.compile(expression.operand, [...path, 'operand'], true);
        if (key === undefined) return undefined;
        const found = this.#scope.lookup(expression.source, expression.field, key);
        return typeof found === 'string' ? this.#problem(path, 'field', found) : found;
      }
      case 'TimeOf': {
        const condition = this.condition(expression.condition, [...path, 'condition']);
        if (condition === undefined) return undefined;
        const found = this.#scope.timeOf(expression.which, condition);
        return typeof found === 'string' ? this.#problem(path, 'which', found) : found;
      }
      case 'TimeWhile': {
        const condition = this.condition(expression.condition, [...path, 'condition']);
        if (condition === undefined) return undefined;
        const found = this.#scope.timeWhile(condition);
        return typeof found === 'string' ? this.#problem(path, 'condition', found) : found;
      }
      case 'TimesOf': {
        const condition = this.condition(expression.condition, [...path, 'condition']);
        if (condition === undefined) return undefined;
        const found = this.#scope.timesOf(condition);
        return typeof found === 'string' ? this.#problem(path, 'condition', found) : found;
      }
      case 'ChangesOf': {
        const operand = this.compile(expression.operand, [...path, 'operand'], true);
        if (operand === undefined) return undefined;
        const found = this.#scope.changesOf(operand);
        return typeof found === 'string' ? this.#problem(path, 'operand', found) : found;
      }
      case 'ColumnName': return this.#column(expression.name, [...path, 'name'], true);
      case 'TextLiteral': {
        const value = expression.value;
        if (isOpen(value)) return this.#problem(path, 'value', `This is still to be filled in (${openChoices(value).join(' or ')}); until then it is unknown.`);
        return columnPosition ? this.#column(value, [...path, 'value'], true) : { type: 'text', sql: literal(value), literal: value };
      }
      case 'FieldName': return this.#name(expression.name, [...path, 'name']);
      case 'DurationLiteral':
      case 'WorkingDaysLiteral': {
        const duration = parseDuration(expression.value);
        if (isProblem(duration)) return this.#problem(path, 'value', `${duration.problem}.`, duration.suggestion);
        switch (duration.kind) {
          case 'elapsed': return { type: 'length', sql: String(Math.round(duration.seconds * 1000)) };
          case 'calendar': return { type: 'months', sql: String(duration.months) };
          case 'working days': return { type: 'workingDays', sql: String(duration.workingDays) };
        }
        return undefined;
      }
      case 'PercentLiteral': return { type: 'number', sql: this.#dialect.divide(decimalLiteral(expression.value.replace('%', '')), '100') };
      case 'NumberLiteral': return { type: 'number', sql: decimalLiteral(expression.value) };
      case 'DateLiteral': {
        const date = parseDate(expression.value);
        if (isProblem(date)) return this.#problem(path, 'value', `${date.problem}.`, date.suggestion);
        return { type: 'instant', sql: String(this.#scope.startOfDate(date)), literal: date };
      }
    }
  }

  #binary(expression: Extract<Expression, { $type: 'BinaryExpression' }>, path: Path): TypedSql | undefined {
    const [leftPath, rightPath] = [[...path, 'left'], [...path, 'right']];
    switch (expression.operator) {
      case 'and':
      case 'or': {
        const left = this.condition(expression.left, leftPath);
        const right = this.condition(expression.right, rightPath);
        return left === undefined || right === undefined ? undefined : truth(`(${left.sql} ${expression.operator.toUpperCase()} ${right.sql})`);
      }
      case '+': case '-': case '*': case '/': {
        const left = this.compile(expression.left, leftPath);
        const right = this.compile(expression.right, rightPath);
        return left === undefined || right === undefined ? undefined : this.#arithmetic(left, expression.operator, right, path);
      }
      default: {
        const left = this.compile(expression.left, leftPath, true);
        if (left === undefined) return undefined;
        return this.#compare(left, expression.operator, expression.right, rightPath);
      }
    }
  }

  #compare(left: TypedSql, operator: string, rightExpression: Expression, path: Path): TypedSql | undefined {
    // “priority = P1”: what stands beside a name is a name of the same kind, unless it is a field or a column.
    if (rightExpression.$type === 'FieldName' && (left.type === 'name' || left.type === 'truth')) {
      const name = rightExpression.name;
      if (left.type === 'name' && (left.names?.has(name) ?? true)) return compareSql(left.sql, operator, nameLiteral(name, left));
      if (left.type === 'truth' && (name === 'true' || name === 'yes')) return operator === '!=' ? truth(`(NOT ${left.sql})`) : left;
      if (left.type === 'truth' && (name === 'false' || name === 'no')) return operator === '!=' ? left : truth(`(NOT ${left.sql})`);
      if (left.type === 'name' && this.#scope.name(name, path) === undefined) {
        const suggestion = nearest(name, left.names ?? []);
        return this.#problem(path, 'name', `“${name}” is not a value of ${left.field ?? 'this field'}${didYouMean(suggestion)}`, suggestion);
      }
    }
    const clock = rightExpression.$type === 'ClockedExpression' && left.between !== undefined ? rightExpression.clock : undefined;
    const right = clock === undefined ? this.compile(rightExpression, path) : this.compile((rightExpression as Extract<Expression, { $type: 'ClockedExpression' }>).operand, [...path, 'operand']);
    if (right === undefined) return undefined;
    if (left.between !== undefined && (right.type === 'workingDays' || right.type === 'months' || clock !== undefined)) {
      const { from, to } = left.between;
      const length = this.#scope.between(from, to, clock);
      const limit = right.type === 'length' ? right : this.#scope.dueLength(from, right, clock);
      if (length === undefined || limit === undefined) return this.#problem(path, '$self', 'A clock, working days and months can be compared with in metrics and targets, not where rows are read.');
      return compareSql(length.sql, operator, limit.sql);
    }
    switch (operator) {
      case 'starts with': return truth(`starts_with(${asText(left)}, ${asText(right)})`);
      case 'ends with': return truth(this.#dialect.endsWith(asText(left), asText(right)));
      case 'contains': return truth(this.#dialect.contains(asText(left), asText(right)));
      case 'matches': return truth(this.#dialect.matches(asText(left), asText(right)));
      default: {
        const type = commonType(left, right);
        if (type === undefined) return this.#problem(path, '$self', `${capital(describeType[left.type])} cannot be compared with ${describeType[right.type]}.`);
        const [a, b] = [this.#coerce(left, type, path), this.#coerce(right, type, path)];
        if (a === undefined || b === undefined) return undefined;
        return type === 'name' ? compareSql(asText(a), operator, asText(b)) : compareSql(a.sql, operator, b.sql);
      }
    }
  }

  #arithmetic(left: TypedSql, operator: '+' | '-' | '*' | '/', right: TypedSql, path: Path): TypedSql | undefined {
    const wrong = (): undefined => this.#problem(path, '$self', `${capital(describeType[left.type])} ${operator} ${describeType[right.type]} has no meaning.`);
    if (operator === '+' && left.type === 'text' && right.type === 'text') return text(`(${left.sql} || ${right.sql})`);
    if (operator === '-' && left.type === 'instant' && (right.type === 'instant' || right.type === 'text')) {
      const from = this.#coerce(right, 'instant', path);
      if (from === undefined) return undefined;
      const elapsed = this.#scope.between(from, left, undefined) ?? { type: 'length', sql: `(${left.sql} - ${from.sql})` };
      return { ...elapsed, between: { from, to: left } };
    }
    // A column that a length of time is added to is one of moments.
    if (left.type === 'text' && right.type === 'length' && (operator === '+' || operator === '-')) {
      const moment = this.#coerce(left, 'instant', path);
      return moment === undefined ? undefined : this.#arithmetic(moment, operator, right, path);
    }
    if (left.type === 'instant' && right.type === 'length' && (operator === '+' || operator === '-')) return { type: 'instant', sql: `(${left.sql} ${operator} ${right.sql})` };
    if (left.type === 'length' && right.type === 'length') {
      if (operator === '+' || operator === '-') return { type: 'length', sql: `(${left.sql} ${operator} ${right.sql})` };
      return operator === '/' ? { type: 'number', sql: this.#dialect.divide(`CAST(${left.sql} AS DOUBLE PRECISION)`, `nullif(${right.sql}, 0)`) } : wrong();
    }
    const [a, b] = [left.type === 'text' ? this.#coerce(left, 'number', path) : left, right.type === 'text' ? this.#coerce(right, 'number', path) : right];
    if (a === undefined || b === undefined) return undefined;
    if (a.type === 'number' && b.type === 'number') return { type: 'number', sql: operator === '/' ? this.#dialect.divide(a.sql, `nullif(${b.sql}, 0)`) : operator === '*' ? this.#dialect.multiply(a.sql, b.sql) : `(${a.sql} ${operator} ${b.sql})` };
    if (operator === '*' && a.type === 'number' && b.type === 'length') return { type: 'length', sql: `CAST(round(${this.#dialect.multiply(a.sql, b.sql)}) AS BIGINT)` };
    if ((operator === '*' || operator === '/') && a.type === 'length' && b.type === 'number') return { type: 'length', sql: `CAST(round(${operator === '*' ? this.#dialect.multiply(a.sql, b.sql) : this.#dialect.divide(a.sql, `nullif(${b.sql}, 0)`)}) AS BIGINT)` };
    return wrong();
  }

  #clocked(expression: Extract<Expression, { $type: 'ClockedExpression' }>, path: Path): TypedSql | undefined {
    const operand = this.compile(expression.operand, [...path, 'operand']);
    if (operand === undefined) return undefined;
    if (operand.between === undefined) return this.#problem(path, 'clock', 'A clock measures the time between two moments, such as “restored - opened in office”.');
    const { from, to } = operand.between;
    return this.#scope.between(from, to, expression.clock) ?? this.#problem(path, 'clock', 'A clock can be used in metrics and targets, not where rows are read.');
  }

  #coerce(value: TypedSql, type: ValueType, path: Path): TypedSql | undefined {
    if (value.type === type) return value;
    if (value.type === 'text') {
      switch (type) {
        case 'instant': return this.#scope.instantOf(value);
        case 'number': return { type, sql: this.#dialect.number(value) };
        case 'truth': return { type, sql: truthOfText(value.sql) };
        case 'name': return { ...value, type };
        case 'text': case 'length': case 'workingDays': case 'months': break;
      }
    }
    if (type === 'text') return text(asText(value));
    return this.#problem(path, '$self', `${capital(describeType[type])} is needed here, and this is ${describeType[value.type]}.`);
  }

  #name(name: string, path: Path): TypedSql | undefined {
    const found = this.#scope.name(name, path);
    if (found === null) {
      this.#report({ path, code: 'unknown-field', message: `“${name}” is mapped in a way that cannot be read.`, reported: true });
      return undefined;
    }
    if (found !== undefined) return found;
    if (name === 'true' || name === 'false') return truth(name);
    return this.#unknown(name, path, 'unknown-field', (suggestion) => suggestion);
  }

  #column(name: string, path: Path, quoted: boolean): TypedSql | undefined {
    return this.#scope.column(name) ?? this.#unknown(name, path, 'unknown-column', (suggestion) => (quoted ? quoteText(suggestion) : suggestion));
  }

  #unknown(name: string, path: Path, code: 'unknown-column' | 'unknown-field', write: (name: string) => string): undefined {
    // Not the name itself: a field whose own mapping it is.
    const names = [...this.#scope.names()].filter((known) => known !== name);
    const suggestion = nearest(name, names);
    this.#report({
      path, code,
      message: `${code === 'unknown-column' ? `The data has no column “${name}”` : `“${name}” is neither a mapped field nor a column of the data`}${suggestion !== undefined ? `; did you mean “${suggestion}”?` : ` (there are ${listed(names)}).`}`,
      ...(suggestion === undefined ? {} : { suggestion: /^[\p{L}][\p{L}\p{N}_-]*$/u.test(suggestion) ? write(suggestion) : quoteText(suggestion) }),
    });
    return undefined;
  }

  #problem(path: Path, property: string, message: string, suggestion?: string): undefined {
    this.#report({ path: property === '$self' ? path : [...path, property], code: 'expression', message, ...(suggestion === undefined ? {} : { suggestion }) });
    return undefined;
  }
}

function compareSql(left: string, operator: string, right: string): TypedSql {
  return truth(`(${left} ${operator === '!=' ? '<>' : operator} ${right})`);
}

function commonType(left: TypedSql, right: TypedSql): ValueType | undefined {
  if (left.type === right.type) return left.type;
  const other = left.type === 'text' ? right.type : right.type === 'text' ? left.type : undefined;
  if (other === 'length' || other === 'workingDays' || other === 'months') return undefined;
  return other;
}

function truth(sql: string): TypedSql {
  return { type: 'truth', sql };
}

function text(sql: string): TypedSql {
  return { type: 'text', sql };
}

export function asText(value: TypedSql): string {
  return value.type === 'text' || (value.type === 'name' && value.enumeration === undefined) ? value.sql : `CAST(${value.sql} AS VARCHAR)`;
}

/** A name as the engine compares it with names of the same kind. */
export function nameLiteral(name: string, like: TypedSql): string {
  return like.enumeration === undefined ? literal(name) : `${literal(name)}::${identifier(like.enumeration)}`;
}

/** True, false, or unknown for a text that says neither. */
export function truthOfText(sql: string): string {
  return `(CASE WHEN ${isOneOf(`lower(${sql})`, trueTexts)} THEN true WHEN ${isOneOf(`lower(${sql})`, falseTexts)} THEN false END)`;
}

function decimalLiteral(text: string): string {
  return `CAST(${/^\d+(\.\d+)?$/u.test(text) ? text : 'NULL'} AS DECIMAL(18,6))`;
}

export function listed(names: readonly string[], most = 12): string {
  return `${names.slice(0, most).map((name) => `“${name}”`).join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '.' : `; did you mean “${suggestion}”?`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
