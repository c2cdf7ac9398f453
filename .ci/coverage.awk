# Prints how much of its statements a profile of "go test -coverprofile" covers, for each package
# and in all, and fails where that is less than "least" per cent in all. A profile may have a block
# many times, once for each test binary.
NR == 1 { next }

{
	package = $1
	sub(/\/[^\/]*$/, "", package)
	if (!(package in statements)) packages[++count] = package
	if (!($1 in known)) statements[package] += $2
	if ($3 > 0 && !($1 in reached)) covered[package] += $2
	known[$1]
	if ($3 > 0) reached[$1]
}

function show(name, part, whole) {
	printf "%5.1f %% of %4d statements  %s\n", 100 * part / whole, whole, name
}

END {
	for (i = 1; i <= count; i++) {
		name = packages[i]
		show(name, covered[name], statements[name])
		part += covered[name]
		whole += statements[name]
	}
	if (!whole) exit 1
	show("in all", part, whole)
	if (100 * part < least * whole) {
		printf "That is less than %s %%.\n", least
		exit 1
	}
}
