#!/usr/bin/env ruby
# frozen_string_literal: true

# Values encrypted by the real hiera-eyaml, with the keys that open them.
#
#   apt-get install -y hiera-eyaml
#   ruby test/oracles/hiera-eyaml.rb > test/hiera/recorded/eyaml.json
#
# The keys are made for this file and open nothing else.

require 'json'
require 'tmpdir'
require 'hiera/backend/eyaml'
require 'hiera/backend/eyaml/options'
require 'hiera/backend/eyaml/encryptor'
require 'hiera/backend/eyaml/encryptors/pkcs7'

TEXTS = ['secret', '', ' ', 'ünïcødé ✓ 😀', "two\nlines\n", 'with "quotes" and \'others\'', '%{facts.role}', 'a' * 2000,
         "tab\tand \\ backslash", '0', 'yes', "trailing newline\n", "carriage\r\nreturn"].freeze

Eyaml = Hiera::Backend::Eyaml
Dir.mktmpdir do |dir|
  private_key = File.join(dir, 'private_key.pkcs7.pem')
  public_key = File.join(dir, 'public_key.pkcs7.pem')
  Eyaml::Options.set(pkcs7_private_key: private_key, pkcs7_public_key: public_key, pkcs7_keysize: 2048,
                     pkcs7_subject: '/', pkcs7_digest: 'SHA256')
  $stdout = $stderr
  Eyaml::Encryptors::Pkcs7.create_keys
  $stdout = STDOUT
  values = TEXTS.map do |text|
    encryptor = Eyaml::Encryptors::Pkcs7
    cipher = encryptor.encode(encryptor.encrypt(text))
    raise 'no round trip' unless encryptor.decrypt(encryptor.decode(cipher)).force_encoding('UTF-8') == text

    { text: text, encrypted: "ENC[PKCS7,#{cipher}]" }
  end
  puts JSON.pretty_generate(command: 'ruby test/oracles/hiera-eyaml.rb', private_key: File.read(private_key),
                            public_key: File.read(public_key), values: values)
end
