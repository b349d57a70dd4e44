/** What of a customer's row a name can be made from. */
export type Named = {
  external_id: string
  first_name: string | null
  last_name: string | null
  username: string | null
  email: string | null
}

/** The columns that {@link customerName} needs, for a SELECT over `customers c`. */
export const NAME_COLUMNS = 'c.external_id, c.first_name, c.last_name, c.username, c.email'

/** What a customer is called on the screen: first and last name, else user name, else address, else the caller's id. */
export function customerName(row: Named): string {
  const full = [row.first_name, row.last_name].map((part) => part?.trim()).filter(Boolean)
  return full.join(' ') || row.username?.trim() || row.email?.trim() || row.external_id
}
