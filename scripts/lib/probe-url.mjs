// Run as a program of its own: `node probe-url.mjs <url> <limit in ms>`. Ends with 0 when the host serves the
// file, else says why on standard output. A process of its own, because Node reads proxy settings at its start.
const [url, limit] = process.argv.slice(2);

try {
  const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(Number(limit)) });
  if (!response.ok) {
    process.stdout.write(`${new URL(url).hostname} answered ${response.status}`);
    process.exitCode = 1;
  }
} catch (error) {
  const cause = error?.cause?.code ?? error?.cause?.message ?? error?.message ?? String(error);
  process.stdout.write(`${new URL(url).hostname}: ${cause}`);
  process.exitCode = 1;
}
