type Data = Readonly<Record<string, unknown>>

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The values of test data by the names of merge tags: `customer.first_name`. */
export function flatData(data: Data, above = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(data)) {
    const path = above === '' ? name : `${above}.${name}`
    if (isData(value)) for (const [inner, text] of flatData(value, path)) found.set(inner, text)
    else found.set(path, typeof value === 'string' ? value : JSON.stringify(value))
  }
  return found
}

/** Test data with another value under a name; null takes it out, and what holds nothing any more with it. */
export function nestedData(data: Data, path: string, value: string | null): Record<string, unknown> {
  const [name = '', ...rest] = path.split('.')
  const { [name]: inner, ...others } = data
  if (rest.length === 0) return value === null ? others : { ...data, [name]: value }
  const changed = nestedData(isData(inner) ? inner : {}, rest.join('.'), value)
  return Object.keys(changed).length === 0 ? others : { ...data, [name]: changed }
}
