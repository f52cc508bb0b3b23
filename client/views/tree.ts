import * as vscode from 'vscode';
import type { ViewName, ViewNode, ViewParams } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { view } from '../server/requests.ts';

export type ViewOptions = Pick<ViewParams, 'project' | 'subject' | 'onlyGaps'>;

/** One of the trees of the ITSMS container: asks the server for lines as they are opened, and renders them as they come. */
export class ViewTree implements vscode.TreeDataProvider<ViewNode> {
  readonly #view: ViewName;
  readonly #server: LanguageServer;
  readonly #options: () => ViewOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  /** By the id of the line below. */
  readonly #parents = new Map<string, ViewNode>();

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param options what people chose for the view, asked for each time */
  constructor(name: ViewName, server: LanguageServer, options: () => ViewOptions) {
    this.#view = name;
    this.#server = server;
    this.#options = options;
  }

  /** Lines keep their ids, so what is open stays open and what is selected stays selected. */
  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(parent?: ViewNode): Promise<ViewNode[]> {
    try {
      const { nodes } = await this.#server.ask(view, {
        view: this.#view,
        ...this.#options(),
        ...(parent === undefined ? {} : { project: parent.project }),
        ...(parent === undefined || parent.id === '' ? {} : { parent: parent.id }),
      });
      if (parent !== undefined) {
        for (const node of nodes) {
          this.#parents.set(idOf(node), parent);
        }
      }
      return [...nodes];
    } catch (error) {
      this.#server.output.error(error instanceof Error ? error : String(error));
      return [];
    }
  }

  getParent(node: ViewNode): ViewNode | undefined {
    return this.#parents.get(idOf(node));
  }

  getTreeItem(node: ViewNode): vscode.TreeItem {
    const state = node.hasChildren
      ? node.isExpanded === true
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed
      : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(node.label, state);
    item.id = idOf(node);
    item.contextValue = node.context;
    item.iconPath = new vscode.ThemeIcon(node.icon, node.color === undefined ? undefined : new vscode.ThemeColor(node.color));
    item.accessibilityInformation = { label: node.spoken };
    if (node.description !== undefined) {
      item.description = node.description;
    }
    item.tooltip = node.tooltip === undefined ? node.spoken : new vscode.MarkdownString(node.tooltip);
    const command = commandOf(node);
    if (command !== undefined) {
      item.command = command;
    }
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

function idOf({ project, id }: ViewNode): string {
  return `${project} ${id}`;
}

/** Where a click leads: to the place in the text, else to the page that explains. A line that only groups others opens and closes. */
function commandOf({ target, page, hasChildren }: ViewNode): vscode.Command | undefined {
  if (target !== undefined) {
    const { start, end } = target.range;
    const selection = new vscode.Range(start.line, start.character, end.line, end.character);
    return { title: vscode.l10n.t('Go to the Place'), command: 'vscode.open', arguments: [vscode.Uri.parse(target.uri), { selection }] };
  }
  return page === undefined || hasChildren ? undefined : explain(page);
}

/** Opens the page that explains what is asked. */
export function explain(page: string): vscode.Command {
  return { title: vscode.l10n.t('Explain the Requirement'), command: 'markdown.showPreview', arguments: [vscode.Uri.parse(page)] };
}
