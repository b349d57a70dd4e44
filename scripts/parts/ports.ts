import { createServer } from 'node:net'

/** A port on the loopback interface that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** Whether somebody listens on a port of this machine already, on all interfaces or on one. */
export async function isPortInUse(port: number): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1']) {
    const taken = await new Promise<boolean>((resolve, reject) => {
      const server = createServer()
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') resolve(true)
        else if (error.code === 'EADDRNOTAVAIL') resolve(false)
        else reject(error)
      })
      server.listen({ port, host }, () => server.close(() => resolve(false)))
    })
    if (taken) return true
  }
  return false
}
