# Keeps copies for some days.
class backup (
  Integer[1] $keep,
  String $target,
) {
  file { '/etc/backup.conf':
    content => "keep ${keep}\ntarget ${target}\n",
  }
}
