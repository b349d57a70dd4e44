import { join } from 'node:path'
import express, { type Request, type Router } from 'express'

/**
 * The built UI: files with a hash in their name (`/assets/…`) for ever, the page itself asked for anew each time, and
 * the page for every other address, which the UI's own router reads.
 *
 * @param folder what `vite build` wrote
 */
export function serveUi(folder: string): Router {
  const router = express.Router()
  const page = join(folder, 'index.html')
  const page404 = { fallthrough: false, index: false as const, dotfiles: 'ignore' as const }
  router.use('/assets', express.static(join(folder, 'assets'), { ...page404, immutable: true, maxAge: '365d' }))
  router.use(express.static(folder, { index: false, dotfiles: 'ignore', cacheControl: false, setHeaders: revalidate }))
  router.get('/{*path}', (request, response, next) => {
    if (!wantsPage(request)) return next()
    response.locals.route = 'page'
    revalidate(response)
    response.sendFile(page, { cacheControl: false })
  })
  return router
}

/** Identifiers in addresses may have dots: what a browser opens is a page, what a page loads by such a name a file. */
const wantsPage = (request: Request): boolean =>
  (request.get('accept') ?? '').includes('text/html') ||
  (!request.path.includes('.') && request.accepts('html') !== false)

const revalidate = (response: { set(name: string, value: string): unknown }): void => {
  response.set('Cache-Control', 'no-cache')
}
