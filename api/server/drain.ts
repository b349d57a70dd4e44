import type { Server } from 'node:http'
import type { Logger } from 'pino'

/** Calls that are not finished by then are cut off. */
const PATIENCE_MS = 10_000
/** What they worked with is left as it is by then. */
const CLOSE_MS = 3_000

/**
 * Makes the function that ends an HTTP process: no new connections, calls in hand are finished (10 s at most), then the
 * rest is closed. Calling it again does nothing.
 *
 * @param close closes what the calls worked with
 */
export function drain(server: Server, log: Logger, close: () => Promise<void>): () => void {
  let draining = false
  return () => {
    if (draining) return
    draining = true
    log.info('draining')
    setTimeout(() => process.exit(1), PATIENCE_MS + CLOSE_MS).unref()
    const cut = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
    // a connection that is kept alive would keep the server open: each ends with its answer
    const idle = setInterval(() => server.closeIdleConnections(), 50)
    server.close(async () => {
      clearTimeout(cut)
      clearInterval(idle)
      await close()
      log.info('stopped')
      process.exit()
    })
    server.closeIdleConnections()
  }
}
