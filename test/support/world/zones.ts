/** Time zones with whole hours and half ones, clock changes in both halves of the year, and none. */
export const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'] as const
