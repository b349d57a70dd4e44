/** The identity provider (OpenID Connect) by which people may sign in. */
export type OidcSettings = {
  issuer: string
  clientId: string
  clientSecret: string
  /** What the button calls it. */
  name: string
}
