import { readFileSync } from 'node:fs'

/** The addresses of the pages as the router knows them, such as `/segments/$id`; `$` is any other. */
export const PAGE_PATHS: readonly string[] = [
  ...readFileSync(new URL('../../ui/app/routes.tsx', import.meta.url), 'utf8').matchAll(/path: '([^']+)'/g),
].map(([, path]) => path ?? '')

/**
 * A page's address, with something that is there in the place that names something.
 *
 * @param named by the beginning of a path that ends with `$id`, what stands for it
 * @throws for a path that names something else
 */
export function pageAddress(path: string, named: Readonly<Record<string, string | undefined>>): string {
  if (path === '$') return '/nowhere'
  const place = Object.keys(named).find((start) => path.startsWith(start))
  const address = place === undefined ? path : path.replace(place, place.replace('$id', named[place] ?? ''))
  if (address.includes('$')) throw new Error(`Nothing is named for ${path}`)
  return address
}
