export function runsOn(project: string, platform?: NodeJS.Platform): boolean;
export function testsLeftOut(platform?: NodeJS.Platform): string[];
