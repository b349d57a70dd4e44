import { useLocalStorage, useMediaQuery } from '@mantine/hooks'

/** The views of one rule: a flow, an outline, YAML. */
const VIEWS = ['canvas', 'outline', 'text'] as const
export type RuleViewName = (typeof VIEWS)[number]

/** A window narrower than this has no room for a flow. */
const NARROW = '(max-width: 699px)'

/** Whether the window has no room for a flow. */
export const useNarrow = (): boolean => useMediaQuery(NARROW, false, { getInitialValueInEffect: false })

/** Which view of a rule is shown: the one chosen last in a window like this one, else what suits its width. */
export function useChosenView(): [RuleViewName, (view: RuleViewName) => void] {
  const narrow = useNarrow()
  // What is chosen on a phone says nothing about a wide window.
  const onWide = useKept('perennial.rule-view.wide', 'canvas')
  const onNarrow = useKept('perennial.rule-view.narrow', 'outline')
  return narrow ? onNarrow : onWide
}

function useKept(key: string, defaultValue: RuleViewName): [RuleViewName, (view: RuleViewName) => void] {
  const [value, set] = useLocalStorage<RuleViewName>({
    key,
    defaultValue,
    getInitialValueInEffect: false,
    serialize: (view) => view,
    deserialize: (kept) => VIEWS.find((view) => view === kept) ?? defaultValue,
  })
  return [value, set]
}
