import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectFolderOf, startInbox, type Inbox } from '../../lib/inbox/index.js';
import { deliver, paymentError, SmallProject } from './browser/fixtures';
import { send } from './raw-request.js';

let project: SmallProject;
let inbox: Inbox;
beforeEach(async () => (project = await SmallProject.create()));
afterEach(async () => {
  await inbox.close();
  await project.remove();
});

const start = async (options: object): Promise<void> => {
  inbox = await startInbox({ port: 0, ...options });
  await deliver(inbox.url, ['event', paymentError(project.frames())]);
};
const ask = (headers = {}) => send(`${inbox.url}/api/sources/${inbox.items()[0]!.id}`, { headers });

it('the sources of an event are those of its arrival, whatever is built afterwards', async () => {
  await start({ project: project.folder });
  await pause(1_000); // nobody asks for it yet
  await writeFile(join(project.folder, 'dist/pay.js'), 'throw 1;');
  await rm(join(project.folder, 'src/pay.ts'));
  const found = JSON.parse((await ask()).body) as unknown;
  expect(found).toMatchObject({ project: project.folder, exceptions: [[], [null, null, null, { filename: 'src/pay.ts', lineno: 5 }]] });
  expect(JSON.stringify(inbox.items())).not.toContain('interface Order'); // never part of an item
}); // prettier-ignore

it('without a project, nothing is read', async () => {
  await start({});
  expect(JSON.parse((await ask()).body)).toEqual({ project: null, exceptions: [] });
});

it('sources are for the page only, and for items that are there', async () => {
  await start({ project: project.folder });
  expect((await ask({ origin: 'http://localhost:4200' })).status).toBe(403);
  expect((await ask({ host: 'evil.example' })).status).toBe(403);
  for (const id of ['', 'no-such-item', '%2e%2e%2fitems'])
    expect((await send(`${inbox.url}/api/sources/${id}`)).status).toBe(404);
});

it('a project that does not exist is named', async () => {
  await start({});
  await expect(startInbox({ port: 0, project: join(project.folder, 'none') })).rejects.toThrow(
    /^the project folder .*none cannot be used/,
  );
});

it('the folder of a project is the nearest one with a package.json', async () => {
  await start({});
  await writeFile(join(project.folder, 'package.json'), '{}');
  expect(projectFolderOf(join(project.folder, 'dist'))).toBe(project.folder);
  expect(projectFolderOf(project.folder)).toBe(project.folder);
});
