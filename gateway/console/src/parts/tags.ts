/** Tags as the gateway takes them: trimmed, sorted, none of them empty or twice. */
export const tagsOf = (tags: string[] | undefined): string[] => [...new Set((tags ?? []).map((it) => it.trim()).filter((it) => it !== ''))].sort();
