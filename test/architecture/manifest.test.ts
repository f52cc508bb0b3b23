import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../../server/cli/schemas/schemas.ts';
import { root, sourceFiles } from './imports.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Command {
  readonly command: string;
  readonly title: string;
  readonly icon?: string;
}

interface Manifest {
  readonly main: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly files: readonly string[];
  readonly activationEvents: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string; readonly group?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon?: string; readonly when?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly languages: readonly { readonly id: string }[];
    readonly grammars: readonly { readonly language: string; readonly scopeName: string; readonly path: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Json>> };
  };
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const translations = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const clientSource = sourceFiles('client').map(read).join('\n');

function strings(value: Json): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

function stringsOf(...matches: RegExp[]): string[] {
  return strings(manifest as unknown as Json).flatMap((text) => matches.flatMap((match) => match.exec(text)?.[1] ?? []));
}

describe('the manifest', () => {
  it('names only files that exist', () => {
    const named = [...stringsOf(/^\.\/(.*)$/), manifest.icon, ...Object.values(manifest.bin)];
    assert.ok(named.length >= 6);
    const built = /^(?:dist\/|syntaxes\/itsms\.tmLanguage\.json$)/;
    assert.deepEqual(
      named.filter((path) => !built.test(path) && !existsSync(join(root, path))),
      [],
    );
  });

  it('names as built files only what the build makes', () => {
    const built = [...stringsOf(/^\.\/(.*)$/), ...Object.values(manifest.bin)].filter((path) => path.startsWith('dist/'));
    const builder = read('scripts/build.ts');
    const schemas = Object.keys(jsonSchemas()).map((name) => `dist/schemas/${name}`);
    assert.deepEqual(
      built.filter((path) => !builder.includes(`'${path}'`) && !schemas.includes(path)),
      [],
    );
    assert.ok(read('scripts/generate-textmate.ts').includes("'syntaxes/itsms.tmLanguage.json'"));
  });

  it('has every command registered by the client, and no other', () => {
    const declared = manifest.contributes.commands.map(({ command }) => command).toSorted();
    const registered = [...clientSource.matchAll(/registerCommand\(\s*'([^']+)'/g)].map((match) => match[1] ?? '').toSorted();
    assert.deepEqual(registered, declared);
  });

  it('has only declared commands in menus', () => {
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    const used = Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ command }) => command));
    assert.deepEqual(
      used.filter((command) => !declared.has(command)),
      [],
    );
  });

  it('has every view type it is activated by in the client', () => {
    const views = manifest.activationEvents.flatMap((event) => /^onWebviewPanel:(.*)$/.exec(event)?.[1] ?? []);
    assert.deepEqual(
      views.filter((view) => !clientSource.includes(`'${view}'`)),
      [],
    );
  });

  it('has a text for every key, and a key for every text', () => {
    const used = new Set(stringsOf(/^%(.+)%$/));
    assert.deepEqual([...used].toSorted(), Object.keys(translations).toSorted());
  });

  it('has every text of the client that is translated in the bundle for translators, and no other', () => {
    const texts = [...clientSource.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map((match) => (match[1] ?? '').replaceAll("\\'", "'"));
    const bundle = JSON.parse(read('l10n/bundle.l10n.json')) as Readonly<Record<string, string>>;
    assert.deepEqual([...new Set(texts)].toSorted(), Object.keys(bundle).toSorted());
    assert.ok(manifest.files.includes('l10n'), 'the bundle is packed');
  });

  it('has views that the client makes, in the container, with icons of the theme and words for when they are empty', () => {
    const { views, viewsContainers, viewsWelcome } = manifest.contributes;
    assert.deepEqual(viewsContainers.activitybar.map(({ id, icon }) => [id, icon]), [['itsms', '$(checklist)']]);
    const ids = views['itsms']?.map(({ id }) => id) ?? [];
    assert.deepEqual(ids, ['itsms.compliance', 'itsms.services', 'itsms.processes', 'itsms.calendar', 'itsms.impact']);
    assert.ok(ids.every((id) => clientSource.includes(`'${id.replace('itsms.', '')}'`)));
    // One that comes when it is asked for is never empty.
    const always = views['itsms']?.filter(({ when }) => when === undefined).map(({ id }) => id) ?? [];
    assert.ok(always.length >= 4);
    assert.deepEqual(always.filter((id) => viewsWelcome.filter(({ view }) => view === id).length < 3), []);
    assert.deepEqual(viewsWelcome.filter(({ view }) => !ids.includes(view)), []);
    const icons = [...Object.values(views).flat(), ...manifest.contributes.commands].flatMap(({ icon }) => icon ?? []);
    assert.deepEqual(icons.filter((icon) => !/^\$\([a-z-]+\)$/.test(icon)), []);
  });

  it('offers in menus of views only what the view can do, and nothing in the palette that needs a line of a view', () => {
    const { menus } = manifest.contributes;
    const inViews = [...(menus['view/title'] ?? []), ...(menus['view/item/context'] ?? [])];
    assert.ok(inViews.length > 0 && inViews.every(({ when }) => /^view (?:==|=~) /.test(when ?? '')));
    const hidden = (menus['commandPalette'] ?? []).flatMap(({ command, when }) => (when === 'false' ? [command] : []));
    assert.deepEqual(hidden.toSorted(), ['itsms.applyFix', 'itsms.explainRequirement']);
    const inline = inViews.filter(({ group }) => group?.startsWith('inline') === true).map(({ command }) => command);
    assert.deepEqual(inline.filter((command) => manifest.contributes.commands.find((one) => one.command === command)?.icon === undefined), []);
  });

  it('has grammars for declared languages whose scope is that of the file', () => {
    const ids = manifest.contributes.languages.map(({ id }) => id);
    for (const { language, scopeName, path } of manifest.contributes.grammars) {
      assert.ok(ids.includes(language));
      const file = join(root, path);
      if (existsSync(file)) {
        assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { scopeName: string }).scopeName, scopeName);
      }
    }
  });

  it('has scripts that run programs that exist', () => {
    const programs = Object.values(manifest.scripts).flatMap((script) => [...script.matchAll(/\bnode (\S+\.(?:ts|js))/g)].map((match) => match[1] ?? ''));
    assert.ok(programs.length >= 4);
    assert.deepEqual(
      programs.filter((program) => !existsSync(join(root, program))),
      [],
    );
  });

  it('pins every dependency to one version', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
    assert.deepEqual(loose, []);
  });
});

describe('the lock file', () => {
  it('names no place that packages come from', () => {
    assert.equal(/"resolved": "https?:/.test(read('package-lock.json')), false);
  });
});
