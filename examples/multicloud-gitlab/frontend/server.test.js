import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';

import { server } from './server.js';

let address;
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

test('the page is there', async () => {
  const answer = await fetch(`${address}/?from=test`);
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /storefront/);
});

test('nothing else is', async () => {
  assert.equal((await fetch(`${address}/nothing`)).status, 404);
});
