/** The search part of an address with some of it changed; what is undefined is taken out. */
export function changedSearch<Search extends object>(
  before: Search,
  part: { readonly [Name in keyof Search]?: Search[Name] | undefined },
): Search {
  const search: Search = { ...before }
  for (const name of Object.keys(part) as (keyof Search)[]) {
    const value = part[name]
    if (value === undefined) delete search[name]
    else search[name] = value
  }
  return search
}
