/** The sign of Perennial: a plant that comes again. Decoration only; the name stands beside it. */
export function Leaf({ size }: { size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="var(--mantine-color-green-text)"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M12 20c-5 0-9-3.2-9.5-8.5 2.6-.3 5.200.6 7 2.500" />
      <path d="M12 20c5 0 9-3.200 9.500-8.500-2.600-.3-5.200.6-7 2.500" />
      <path d="M12 20c-3-2.500-4.200-5.600-3.500-9 .5-2.700 1.700-4.800 3.500-7 1.800 2.200 3 4.300 3.500 7 .7 3.400-.5 6.500-3.500 9z" />
    </svg>
  )
}
