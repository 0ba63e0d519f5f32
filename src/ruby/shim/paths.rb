# frozen_string_literal: true

module Rehearsal
  # Code reads files of modules under the names that Puppet gives them; here they lie elsewhere.
  module Paths
    @directories = nil

    class << self
      def inside(path)
        name = path.respond_to?(:to_path) ? path.to_path : path
        return path unless name.is_a?(String) && name.start_with?('/') && !name.start_with?('/modules/', '/rehearsal/', '/usr/local/lib/ruby/')

        found = directories.find { |shown, _| name.start_with?(shown) && (name.size == shown.size || name[shown.size] == '/') }
        found ? found[1] + name[found[0].size..] : path
      end

      def forget = @directories = nil

      private

      def directories
        @directories ||= (Rehearsal.ask('module-directories') || []).select { |shown, _| shown.start_with?('/') }
      end
    end

    FIRST = %i[exist? file? directory? readable? size size? zero? stat read binread readlines foreach open new].freeze

    module First
      FIRST.each do |name|
        define_method(name) { |path, *rest, **options, &block| super(Paths.inside(path), *rest, **options, &block) }
      end
    end
  end
end

File.singleton_class.prepend(Rehearsal::Paths::First)
