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
 * tells it on a port of its own.
 *
 * @throws when the address is taken
 */
export async function serveMetrics(
  { host, port }: { host: string; port: number },
  registry: Registry,
  sdkPort: number,
): Promise<{ close(): void }> {
  const server = createServer(async (_request, response) => {
    const ours = await registry.metrics()
    // its figures are missing while it comes up; ours are worth telling all the same
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
