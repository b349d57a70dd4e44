/** MJML's own elements, as far as we read them. */
declare module 'mjml-preset-core' {
  const preset: {
    components: readonly unknown[]
    /** Which children an element may have: names, or for `mj-attributes` a pattern. */
    dependencies: Readonly<Record<string, readonly unknown[]>>
  }
  export default preset
}
