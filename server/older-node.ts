/**
 * What the parser needs and Node 20 does not have: `Object.groupBy` (ECMAScript 2024). Node 21 and later have it, and
 * there nothing happens. The build puts this file in front of everything else in the bundles.
 */
const groupBy = function <Key extends PropertyKey, Item>(
  items: Iterable<Item>,
  keyOf: (item: Item, index: number) => Key,
): Partial<Record<Key, Item[]>> {
  // No prototype, as the specification has it: a key such as "constructor" is a key like any other.
  const groups = Object.create(null) as Partial<Record<Key, Item[]>>;
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    (groups[key] ??= []).push(item);
  }
  return groups;
};

if (!Object.hasOwn(Object, 'groupBy')) {
  Object.defineProperty(Object, 'groupBy', { value: groupBy, writable: true, configurable: true });
}

export {};
