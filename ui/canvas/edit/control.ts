/** A new value. `settled` is false while it is being dragged: another one is about to come. */
export type OnValue<Value = unknown> = (value: Value | undefined, settled: boolean) => void

/** What every control of a field takes. */
export type ControlProps<Value = unknown> = {
  readonly label: string
  readonly value: unknown
  /** What is allowed, when what stands here is not. */
  readonly error: string | undefined
  /** It gets the focus when the form opens. */
  readonly focused: boolean
  readonly onChange: OnValue<Value>
}
