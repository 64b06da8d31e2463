// The shop's page: it asks the API, under the same address, for the goods.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>storefront</title>
<h1>storefront</h1>
<ul id="goods"></ul>
<script>
  fetch('/api/goods').then((answer) => answer.json()).then((goods) => {
    for (const one of goods) {
      const item = document.createElement('li');
      item.textContent = one.name + ' ' + (one.cents / 100).toFixed(2);
      document.getElementById('goods').append(item);
    }
  });
</script>
</html>
`;

export const server = createServer((request, response) => {
  const found = request.method === 'GET' && new URL(request.url, 'http://localhost').pathname === '/';
  response.writeHead(found ? 200 : 404, { 'Content-Type': found ? 'text/html; charset=utf-8' : 'text/plain' });
  response.end(found ? page : 'there is only /\n');
});

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  server.listen(3000);
  process.on('SIGTERM', () => server.close(() => process.exit(0)));
}
