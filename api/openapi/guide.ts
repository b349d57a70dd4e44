/** What holds for every call, for readers of the reference. */
export const GUIDE = `Everything that the pages do is done through these calls.

**Who calls.** \`Authorization: Bearer KEY\`, or the session cookie of a browser. Each call names the permission that it needs; a key
has its scopes, and one of a provider sees that provider's customers only.

**Words and forms.** Identifiers of ingested things are your own strings, 1 to 64 of \`A-Z a-z 0-9 . _ : -\`. Instants are RFC 3339 with
an offset, days are \`YYYY-MM-DD\` in the business's time zone, money is an integer in minor units of the business's currency.

**Lists** are \`{items, next}\`: ask for the next part with \`?cursor=\` and the value of \`next\`, until it is null. \`?limit=\` says how many
at most, 1 to 500. A cursor is to be handed back as it came. A parameter that takes several values takes them with commas.

**Once.** Unsafe calls take \`Idempotency-Key\`: when no answer came, make the same call with the same key, and what it does is done once.

**Refusals** are problem documents (RFC 9457, \`application/problem+json\`): decide by \`type\`; \`errors\` has a JSON Pointer and what is
allowed there for every mistake. An address that is known but not with this method answers 405 with \`Allow\`, one that is not known 404.
Where waiting helps, \`retry_after\` and the header \`Retry-After\` say how many seconds. A refused call has done nothing.

**Limits.** A body is JSON in UTF-8, at most 1 MB (16 MB for \`/ingest\`) after unpacking gzip, deflate or br, and at most 200 levels deep.
Guessing passwords and codes is limited by address and account (429).

**Later versions** may add calls, fields of answers and values of enumerations; what is here keeps its meaning under \`/api/v1\`.`
