import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createProbe } from 'node:net'
import type { Registry } from 'prom-client'

/** How long Temporal's part may take to tell its figures, in milliseconds. */
const PATIENCE = 5_000

/** Reads `METRICS_ADDRESS`. @throws Error that says what is allowed */
export function readMetricsAddress(text: string): { host: string; port: number } {
  const [, host = '', digits = ''] = /^(\[[0-9a-fA-F:]+\]|[^:\s]+):(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  if (host === '' || port < 1 || port > 65_535) throw new Error('METRICS_ADDRESS has to be HOST:PORT, as 0.0.0.0:9464')
  return { host: host.replace(/^\[|\]$/g, ''), port }
}

/** A port of this machine alone that nobody has, for the part of Temporal's SDK that tells figures by itself. */
export async function ownPort(): Promise<number> {
  const probe = createProbe().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/**
 * Tells Prometheus in one place what a worker has: the process and its connections, and how Temporal's tasks fare, as the SDK
 * tells it on a port of its own. Beside that, for orchestrators: `/healthz` (the process is alive) and `/readyz` (it polls).
 *
 * @param polls whether the worker takes tasks
 * @throws when the address is taken
 */
export async function serveMetrics(
  { host, port }: { host: string; port: number },
  registry: Registry,
  { sdkPort, polls }: { sdkPort: number; polls: () => boolean },
): Promise<{ close(): void }> {
  const server = createServer(async (request, response) => {
    if (request.url === '/healthz' || request.url === '/readyz') {
      const status = request.url === '/healthz' || polls() ? 200 : 503
      response.writeHead(status, { 'content-type': 'text/plain' }).end(status === 200 ? 'yes\n' : 'not polling\n')
      return
    }
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    // what one part can't tell now does not keep the other
    const ours = await registry.metrics().catch(() => '')
    const theirs = await fetch(`http://127.0.0.1:${sdkPort}/metrics`, { signal: AbortSignal.timeout(PATIENCE) })
      .then((answer) => answer.text())
      .catch(() => '')
    response.writeHead(200, { 'content-type': registry.contentType }).end(`${ours}\n${theirs}`)
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
