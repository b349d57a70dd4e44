/**
 * The things that arrive by ingest, as the caller says them: a field left out (undefined) keeps its value, null clears
 * it, `deleted` removes the thing. Instants are RFC 3339 with an offset, days `YYYY-MM-DD`, money in minor units.
 */
type Given<Fields> = { [Field in keyof Fields]?: Fields[Field] | undefined }

export type Thing = { id: string } & Given<{ deleted: boolean; updated_at: string }>

/** What every fact names: whose it is and with whom. */
type Parties = { customer: string; provider: string | null }

export type AttributeValue = string | number | boolean | null

export type Channel = 'email' | 'sms' | 'push'

export type IngestedCustomer = Thing &
  Given<{
    email: string | null
    username: string | null
    first_name: string | null
    last_name: string | null
    phone: string | null
    birthdate: string | null
    gender: string | null
    language: string | null
    country: string | null
    customer_group: string | null
    aggregator: string | null
    joined_at: string | null
    attributes: Record<string, AttributeValue> | null
    consents: Partial<Record<Channel, boolean | undefined>> | null
  }>

export type IngestedProvider = Thing & Given<{ name: string | null; email: string | null }>

export type IngestedBooking = Thing &
  Given<
    Parties & {
      service: string | null
      starts_at: string
      minutes: number | null
      price: number | null
      state: string
      created_at: string | null
    }
  >

export type IngestedMembership = Thing &
  Given<
    Parties & {
      type: string | null
      recurring: boolean
      valid_from: string
      valid_to: string | null
      cancelled_at: string | null
    }
  >

export type IngestedPayment = Thing & Given<Parties & { amount: number; paid_at: string }>

export type IngestedReview = Thing & Given<Parties & { booking: string | null; rating: number; created_at: string }>

export type IngestedInteraction = Thing & Given<Parties & { direction: string; at: string }>

export type Items = {
  customers: IngestedCustomer
  providers: IngestedProvider
  bookings: IngestedBooking
  memberships: IngestedMembership
  payments: IngestedPayment
  reviews: IngestedReview
  interactions: IngestedInteraction
}
export type Kind = keyof Items

/** An item with its place in the request, which errors name. */
export type Placed<Item> = { index: number; item: Item }

/** The well-formed items of one request. `historical`: what they change is not news, and nobody is welcomed for it. */
export type Batch = { [K in Kind]?: Placed<Items[K]>[] } & { historical?: boolean | undefined }
