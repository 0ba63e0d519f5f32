# A file for every way in which concat puts files together.
class motd (
  Array[String[1]] $lines,
) {
  $base = $facts['base']

  concat { "${base}/numeric":
    order => 'numeric',
    warn  => true,
  }
  concat { 'alpha':
    path           => "${base}/alpha",
    mode           => '0640',
    ensure_newline => true,
    warn           => '# written by hand',
  }
  concat { "${base}/settings.json":
    format => 'json-pretty',
  }
  concat { "${base}/settings.yaml":
    format => 'yaml',
  }
  concat { "${base}/list.json":
    format => 'json-array',
  }

  $lines.each |$index, $line| {
    concat::fragment { "line ${index}":
      target  => "${base}/numeric",
      content => template('motd/line.erb'),
      order   => 10 - $index,
    }
    concat::fragment { "alpha ${index}":
      target  => 'alpha',
      content => "${index}: ${line}",
      order   => "1${index}",
    }
  }
  concat::fragment { 'numeric from a file':
    target => "${base}/numeric",
    source => 'puppet:///modules/motd/footer',
    order  => '100',
  }
  concat::fragment { 'alpha by name':
    target  => "${base}/alpha",
    content => "späť\n",
    order   => '100',
  }

  concat::fragment { 'json one':
    target  => "${base}/settings.json",
    content => '{"b": [1, 2.5, "x"], "a": {"deep": true, "none": null}, "e": {}}',
  }
  concat::fragment { 'json two':
    target  => "${base}/settings.json",
    content => '{"a": {"more": "é/"}, "b": [2, 1]}',
  }
  concat::fragment { 'yaml one':
    target  => "${base}/settings.yaml",
    content => "b:\n  - 1\n  - 'yes'\na: {deep: true}\n",
    order   => '1',
  }
  concat::fragment { 'yaml two':
    target  => "${base}/settings.yaml",
    content => "a:\n  more: \"two\\nlines\"\nempty: []\n",
    order   => '2',
  }
  concat::fragment { 'list one':
    target  => "${base}/list.json",
    content => '{"x": 1}',
  }
  concat::fragment { 'list two':
    target  => "${base}/list.json",
    content => '[1, "a"]',
  }
}
