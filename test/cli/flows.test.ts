import assert from 'node:assert/strict';
import { flowsResultSchema } from '../../server/cli/schemas/flows.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const model = `person omar "Omar Said"
customer retail
service email
sla gold "Gold" for email with retail { target p1 restore within 4h for 95% per month }
process incident "Incidents" {
  satisfies iso20000:8.6.1
  step log R omar A omar within 1h -> both
  fork both -> fix, news
  step fix R omar A omar within 2h reaches restore -> end
  step news R omar A omar -> end
}
process change "Changes" { step plan R omar A omar call incident -> end }
`;

describe('itsms flows', () => {
  it('shows what is wrong by the shortest way, and ends with 1', async () => {
    await inFolder({ 'a.itsms': model }, async (folder) => {
      const { code, out } = await itsms(folder, 'flows');
      assert.equal(code, 1);
      assert.match(out, /Incidents +not sound · longest way 3h at least +a\.itsms:5/);
      assert.match(out, /Changes +sound if incident is/);
      assert.match(out, /a\.itsms:9:\d+ Incidents: The process ends here while “news” is still to be done\. .*Shortest way there: log → both → fix\./);
      assert.match(out, /to mend: Let them meet in a join before the end/);
      assert.match(out, /Of 2 processes: 0 proved sound, 1 not sound, 1 not proved, 0 without a flow\./);
    });
  });

  it('says of one process how long it may take and what that is held against', async () => {
    await inFolder({ 'a.itsms': model.replaceAll('-> end', '-> meet').replace('call incident -> meet', '-> end').replace('process change', 'process other { }\nprocess change').replace('step news R omar A omar -> meet', 'step news R omar A omar within 30min -> meet\n  join meet -> end') }, async (folder) => {
      const { code, out } = await itsms(folder, 'flows', 'incident');
      assert.equal(code, 0, out);
      assert.match(out, /Longest way: log 1h → fix 2h\./);
      assert.match(out, /p1 of “Gold” promises 4h: the way there may take 3h, which fits/);
    });
  });

  it('prints what its schema says', async () => {
    await inFolder({ 'a.itsms': model }, async (folder) => {
      const { out } = await itsms(folder, 'flows', '--format', 'json');
      const { processes } = flowsResultSchema.parse(JSON.parse(out));
      assert.deepEqual(processes.map(({ id, verdict, restsOn }) => [id, verdict, restsOn]), [['incident', 'unsound', []], ['change', 'sound', ['incident']]]);
      assert.deepEqual(processes[0]?.faults[0]?.way.map(({ words }) => words), ['1. log', '2. both', '3. fix']);
      assert.equal(processes[0]?.promises[0]?.kept, true);
    });
  });

  it('knows what was meant by a name that is none', async () => {
    await inFolder({ 'a.itsms': model }, async (folder) => {
      const { code, error } = await itsms(folder, 'flows', 'incidnt');
      assert.equal(code, 2);
      assert.match(error, /No process is called “incidnt”; did you mean “incident”\?/);
    });
  });
});
