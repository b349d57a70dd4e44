import express, { type Router } from 'express'
import { openApiDocument } from '../openapi/document.ts'
import type { Route } from './route.ts'

/** `GET /openapi.json`: made from the same declarations that check the calls, at the first time it is asked for. */
export function openApiRouter(routes: readonly Route[]): Router {
  const router = express.Router()
  let document: string | undefined
  router.get('/openapi.json', (_request, response) => {
    response.locals.route = '/openapi.json'
    document ??= JSON.stringify(openApiDocument(routes.map(({ endpoint }) => endpoint)))
    response.type('application/json').send(document)
  })
  return router
}
