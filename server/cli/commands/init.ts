import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { configurationFile } from '../../project/configuration-file.ts';
import { CannotRun, exitCodes } from '../io.ts';
import type { AddCommand } from '../run.ts';
import { writeFiles } from '../write-files.ts';

/** `itsms init`: a first model, with everything that only people can know left open. */
export const initCommand: AddCommand = (program, io, ended) => {
  program
    .command('init')
    .description('Write a first model into a folder: the organization, a service and its agreement, to be filled in')
    .argument('[dir]', 'the folder', '.')
    .action(async (dir: string) => {
      const folder = resolve(io.folder, dir);
      const files = [
        { name: configurationFile, content: '{}\n' },
        { name: 'main.itsms', content: firstModel },
      ];
      for (const { name } of files) {
        const exists = await access(join(folder, name)).then(() => true, () => false);
        if (exists) throw new CannotRun(`“${join(folder, name)}” exists already; nothing was written.`);
      }
      for (const path of await writeFiles(folder, files)) io.out(`${path}\n`);
      io.out('Now open main.itsms in an editor, and run: itsms check\n');
      ended(exitCodes.fine);
    });
};

const firstModel = `// Every TODO is for people to fill in; until then what it stands for is open.

organization us "TODO: name of the organization" {
  standard iso20000:2018
  scope "TODO: which services, for whom, from where"
  top management boss
}

person boss "TODO: who leads"
person owner "TODO: who owns the service"
customer first-customer "TODO: a customer"

calendar office "Office hours" {
  timezone Europe/London
  open Mon-Fri 09:00-17:00
}

priority P1 "Critical"

service first-service "TODO: a service" {
  summary "TODO: what it does for its users"
  owner owner
  customer first-customer
  status live
}

sla first-sla "TODO: the agreement" for first-service with first-customer {
  service hours always
  support hours office
  target uptime     availability >= 99.5% per month
  target p1-restore restore P1 within 8h for 95% per month
}
`;
